"""Exports usual classifiers with random weights to ONNX, as their users do, and writes what fvcore counts of each to fvcore.json.

python export.py FOLDER [names]    (torch 2.14, torchvision 0.29, timm 1.0.31, fvcore 0.1.5, onnxscript 0.7)
"""
import inspect
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings('ignore')

import timm
import torch
import torch.nn.functional as F
import torchvision
from fvcore.nn import FlopCountAnalysis
from torch import nn

timm.layers.set_fused_attn(False)
torch.backends.mha.set_fastpath_enabled(False)

TORCHVISION = [
    'convnext_tiny', 'densenet121', 'efficientnet_b0', 'googlenet', 'inception_v3', 'maxvit_t', 'mobilenet_v2', 'mobilenet_v3_large',
    'regnet_y_400mf', 'shufflenet_v2_x1_0', 'squeezenet1_1', 'swin_t', 'swin_v2_t', 'vgg19', 'vit_b_16',
]
TIMM = [
    'beit_base_patch16_224', 'cait_xxs24_224', 'coatnet_0_rw_224', 'convnext_tiny', 'convnextv2_atto', 'deit_tiny_distilled_patch16_224',
    'deit_tiny_patch16_224', 'efficientformer_l1', 'efficientnet_lite0', 'levit_128s', 'mixer_b16_224', 'mobilenetv3_small_100',
    'mobilevit_s', 'poolformer_s12', 'resnest14d', 'swin_tiny_patch4_window7_224', 'tf_efficientnetv2_b0',
]
SIDES = {'inception_v3': 299, 'timm_mobilevit_s': 256}
WITHOUT_AUXILIARY = {'googlenet', 'inception_v3'}


def made(name):
    if name.startswith('timm_'):
        return timm.create_model(name[5:])
    options = dict(aux_logits=False, init_weights=False) if name in WITHOUT_AUXILIARY else {}
    return torchvision.models.get_model(name, weights=None, **options)


def randomized(model):
    """Layers that begin as zeros or almost so (classifiers, scales of ConvNeXt) would hide what is wrong before them."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    for parameter in model.parameters():
        if parameter.detach().std(unbiased=False) < 1e-3 and parameter.detach().abs().max() < 0.9:
            parameter.data += 0.05 * torch.randn_like(parameter)
    return model.eval()


def plain_attention(q, k, v, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, **_):
    weights = (q * (scale or q.shape[-1] ** -0.5)) @ k.transpose(-2, -1)
    return (weights if attn_mask is None else weights + attn_mask).softmax(-1) @ v


def fvcore_macs(model, images):
    """Convolutions and products; fvcore does not look into the fused attention, which is written out for it."""
    fused, F.scaled_dot_product_attention = F.scaled_dot_product_attention, plain_attention
    try:
        counts = FlopCountAnalysis(model, images).unsupported_ops_warnings(False).uncalled_modules_warnings(False)
        counts = counts.tracer_warnings('none').by_operator()
    finally:
        F.scaled_dot_product_attention = fused
    return int(sum(counts.get(name, 0) for name in ['conv', 'linear', 'addmm', 'matmul', 'bmm', 'einsum']))


def export(model, images, file, exporter):
    """exporter: TorchScript's ('script'), the same for one image only ('script-one'), or torch.export's ('dynamo')."""
    names = dict(input_names=['input'], output_names=['logits'])
    if exporter == 'dynamo':
        (argument,) = list(inspect.signature(model.forward).parameters)[:1]
        torch.onnx.export(model, (torch.cat([images, images]),), file, dynamo=True, external_data=False, verbose=False,
                          dynamic_shapes={argument: {0: torch.export.Dim('N')}}, **names)
    else:
        axes = {} if exporter == 'script-one' else dict(dynamic_axes={'input': {0: 'N'}, 'logits': {0: 'N'}})
        torch.onnx.export(model, images, file, dynamo=False, opset_version=17, **names, **axes)


if __name__ == '__main__':
    folder, *wanted = sys.argv[1:]
    counts = Path(folder) / 'fvcore.json'
    macs = json.loads(counts.read_text()) if counts.exists() else {}
    for name in TORCHVISION + [f'timm_{each}' for each in TIMM]:
        if wanted and name not in wanted:
            continue
        torch.manual_seed(0)
        model = randomized(made(name))
        side = SIDES.get(name, 224)
        images = torch.randn(1, 3, side, side)
        with torch.no_grad():
            count = fvcore_macs(model, images)
            for exporter in ['script', 'dynamo']:
                try:
                    export(model, images, str(Path(folder) / f'{name}.{exporter}.onnx'), exporter)
                except Exception as error:
                    print(f'{name} is not exported by {exporter}: {str(error)[:200]}', flush=True)
                    continue
                macs[f'{name}.{exporter}'] = count
        counts.write_text(json.dumps(macs, indent=2) + '\n')
