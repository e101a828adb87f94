/** A trained network with exits. */
export interface ReferenceRun {
  readonly weights: string;
  readonly data: string;
  /** Name of the cascade that is made and of its folder of results. */
  readonly name: string;
  readonly exits: string;
  readonly heads?: string;
  /** What is made of it: everything, times and an export, or records only. */
  readonly kind: 'reference' | 'times' | 'records';
}

export const RUNS: readonly ReferenceRun[] = [
  {
    weights: 'resnet20-12fca82f.th',
    data: 'cifar10',
    name: 'cifar10-resnet20',
    exits: '2,3,4,5,6,7',
    kind: 'reference',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56',
    exits: '8,14,17,23',
    kind: 'reference',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-two',
    exits: '8,17',
    kind: 'times',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-eight',
    exits: '8',
    kind: 'times',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-many',
    exits: '2,4,6,8,10,12,14,16,17,18,20,22,23,24',
    kind: 'records',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-conv',
    exits: '4,6,10,14,17,20,22',
    heads: '4:mlp,6:mlp,10:conv,14:conv,17:conv,20:mlp,22:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-student',
    exits: '17,22',
    heads: 'input:student@10%,17:mlp,22:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-students',
    exits: '17,22',
    heads: 'input:student@6%,@10%,17:mlp,22:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet56-4bfd9763.th',
    data: 'cifar10',
    name: 'cifar10-resnet56-deep',
    exits: '1,4,10,17,22',
    heads: '1:deep,4:deep,10:deep,17:mlp,22:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet20-12fca82f.th',
    data: 'cifar10',
    name: 'cifar10-resnet20-student',
    exits: '6,',
    heads: 'input:student@20%,6:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet32-cifar100.onnx',
    data: 'cifar100',
    name: 'cifar100-resnet32-students',
    exits: '9,11,13',
    heads: 'input:student@12%,@25%,9:mlp,11:mlp,13:mlp',
    kind: 'reference',
  },
  {
    weights: 'resnet20-cifar100.onnx',
    data: 'cifar100',
    name: 'cifar100-resnet20',
    exits: '2,3,4,5,6,7',
    kind: 'reference',
  },
  {
    weights: 'resnet32-cifar100.onnx',
    data: 'cifar100',
    name: 'cifar100-resnet32',
    exits: '2,4,5,7,9,10,11,12,13',
    kind: 'reference',
  },
  {
    weights: 'fashion-mnist-resnet20.safetensors',
    data: 'fashion-mnist',
    name: 'fashion-mnist-resnet20',
    exits: '1,2,3,4,5,6,7',
    kind: 'records',
  },
];

/** Networks in a row: files, or cascades of the runs above. */
export interface ChainRun {
  readonly members: readonly string[];
  readonly names: string;
  readonly data: string;
  readonly name: string;
  /** Weight of earlier outputs in the table over many halvings. */
  readonly weight: string;
}

export const CHAINS: readonly ChainRun[] = [
  {
    members: ['resnet8-cifar10.h5', 'resnet20-12fca82f.th', 'resnet56-4bfd9763.th'],
    names: 'resnet8,resnet20,resnet56',
    data: 'cifar10',
    name: 'cifar10-chain',
    weight: '0.8',
  },
  {
    members: ['resnet8-cifar10.h5', 'cifar10-resnet20.cascade', 'cifar10-resnet56.cascade'],
    names: 'resnet8,resnet20,resnet56',
    data: 'cifar10',
    name: 'cifar10-chain-exits',
    weight: '0.8',
  },
  {
    members: ['resnet20-cifar100.onnx', 'resnet32-cifar100.onnx'],
    names: 'resnet20,resnet32',
    data: 'cifar100',
    name: 'cifar100-chain',
    weight: '0.8',
  },
  {
    members: ['cifar100-resnet20.cascade', 'cifar100-resnet32.cascade'],
    names: 'resnet20,resnet32',
    data: 'cifar100',
    name: 'cifar100-chain-exits',
    weight: '0.8',
  },
];
