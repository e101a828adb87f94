/**
 * Solves A x = b for any b by a Cholesky factorisation of A = L Lᵀ (Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.2).
 *
 * @param matrix symmetric and positive definite, row by row; only its lower triangle is read.
 * @throws RangeError if it is not positive definite.
 * @example choleskySolver(Float64Array.of(4, 2, 2, 3), 2)(Float64Array.of(2, 3)) // [0, 1]
 */
export function choleskySolver(matrix: Float64Array, size: number): (right: Float64Array) => Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[row * size + column]!;
      for (let index = 0; index < column; index++)
        value -= lower[row * size + index]! * lower[column * size + index]!;
      if (row > column) lower[row * size + column] = value / lower[column * size + column]!;
      else if (value > 0) lower[row * size + row] = Math.sqrt(value);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  return (right) => {
    const solution = Float64Array.from(right);
    for (let row = 0; row < size; row++) {
      for (let index = 0; index < row; index++)
        solution[row]! -= lower[row * size + index]! * solution[index]!;
      solution[row]! /= lower[row * size + row]!;
    }
    for (let row = size - 1; row >= 0; row--) {
      for (let index = row + 1; index < size; index++)
        solution[row]! -= lower[index * size + row]! * solution[index]!;
      solution[row]! /= lower[row * size + row]!;
    }
    return solution;
  };
}
