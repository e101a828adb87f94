/**
 * Lets CUDA compute float32 in full; before a library that uses it is loaded. Convolutions are rounded to 10 bits otherwise, and the
 * logits differ from those of the other engines. What the user has set stays.
 */
export function requireFullPrecision(): void {
  process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
}
