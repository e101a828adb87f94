"""Saves usual classifiers with random weights as their users have them, files of tensors alone, with the logits that PyTorch computes:

CLONES=… python families.py FOLDER [names]    (torch 2.14, torchvision 0.29, timm 1.0.31, fvcore 0.1.5, efficientnet_lite_pytorch 0.1)

Of each network NAME.pth, two images and their logits (NAME.images.npy, NAME.logits.npy), and its entry in families.json. CLONES is a
folder with clones of kuangliu/pytorch-cifar, chenyaofo/pytorch-cifar-models, weiaicunzai/pytorch-cifar100 and huyvnphan/PyTorch_CIFAR10, each under
its own name.
"""
import json
import re
import sys
from pathlib import Path

import numpy as np
import timm
import torch
import torchvision
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

from clones import cloned
from export import fvcore_macs

VGGS = [f'vgg{depth}{suffix}' for depth in [11, 13, 16, 19] for suffix in ['', '_bn']]
CIFAR_STRIDES = {'stemStride': '1'}


def randomized(model, side):
    """Weights that keep what an image says on its way, and statistics of batch normalisation as some images leave them."""
    normalizations = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity='relu')
            if module.bias is not None:
                nn.init.normal_(module.bias, 0, 0.1)
    for module in normalizations:
        nn.init.uniform_(module.weight, 0.5, 1.5)
        nn.init.normal_(module.bias, 0, 0.2)
        module.momentum = 1
    if normalizations:
        with torch.no_grad():
            model.train()(torch.randn(4, 3, min(side, 96), min(side, 96)))
    return model.eval()


def kuangliu(build):
    return lambda: build(cloned('pytorch-cifar', 'models'))


def chenyaofo(name):
    return lambda: getattr(cloned('pytorch-cifar-models', 'pytorch_cifar_models'), name)()


def weiaicunzai(module, name):
    return lambda: getattr(cloned('pytorch-cifar100', f'models.{module}'), name)()


def huyvnphan(module, name):
    return lambda: getattr(cloned('PyTorch_CIFAR10', f'cifar10_models.{module}'), name)()


def first_names(name):
    """As in the files of DenseNet that torchvision publishes."""
    return re.sub(r'(denselayer\d+\.(?:norm|conv))(\d)', r'\1.\2', name)


def behind_module(name):
    """As torch.nn.DataParallel saves them."""
    return f'module.{name}'


# Whose names, which network, how it is made, side of the images, what is said of it on the command line, how tensors are renamed.
NETWORKS = [
    *[('torchvision', name, lambda name=name: torchvision.models.get_model(name, weights=None), 224, {}, str)
      for name in ['mobilenet_v2', *VGGS, 'densenet121', 'densenet169', 'densenet161']],
    ('torchvision, first names', 'densenet121', torchvision.models.densenet121, 224, {}, first_names),
    ('torchvision, DataParallel', 'mobilenet_v2', torchvision.models.mobilenet_v2, 224, {}, behind_module),
    *[('timm', name, lambda name=name: timm.create_model(name), 224, {}, str)
      for name in ['mobilenetv2_100', 'mobilenetv2_140', *VGGS, 'densenet121', 'densenet169']],
    *[('timm', f'{kind}efficientnet_lite{number}', lambda name=f'{kind}efficientnet_lite{number}': timm.create_model(name), side, choices, str)
      for kind, choices in [('', {'padding': 'even'}), ('tf_', {})] for number, side in enumerate([224, 240, 260])],
    *[('efficientnet_lite_pytorch', f'efficientnet-lite{number}', lambda name=f'efficientnet-lite{number}': EfficientNet.from_name(name), side, {}, str)
      for number, side in enumerate([224, 240, 260])],
    ('kuangliu/pytorch-cifar', 'VGG16', kuangliu(lambda models: models.VGG('VGG16')), 32, {}, str),
    ('kuangliu/pytorch-cifar, DataParallel', 'VGG11', kuangliu(lambda models: models.VGG('VGG11')), 32, {}, behind_module),
    ('kuangliu/pytorch-cifar', 'MobileNetV2', kuangliu(lambda models: models.MobileNetV2()), 32, {}, str),
    ('kuangliu/pytorch-cifar', 'densenet_cifar', kuangliu(lambda models: models.densenet_cifar()), 32, {}, str),
    ('kuangliu/pytorch-cifar', 'DenseNet121', kuangliu(lambda models: models.DenseNet121()), 32, {}, str),
    ('kuangliu/pytorch-cifar', 'ResNet18', kuangliu(lambda models: models.ResNet18()), 32, {}, str),
    ('kuangliu/pytorch-cifar', 'PreActResNet18', kuangliu(lambda models: models.PreActResNet18()), 32, {}, str),
    *[('chenyaofo/pytorch-cifar-models', name, chenyaofo(name), 32, CIFAR_STRIDES if 'mobile' in name else {}, str)
      for name in ['cifar10_resnet20', 'cifar10_vgg11_bn', 'cifar100_vgg16_bn', 'cifar10_mobilenetv2_x0_5', 'cifar100_mobilenetv2_x1_4',
                   'cifar10_shufflenetv2_x0_5', 'cifar10_repvgg_a0']],
    *[('weiaicunzai/pytorch-cifar100', name, weiaicunzai(module, name), 32, {}, str)
      for module, name in [('vgg', 'vgg11_bn'), ('vgg', 'vgg19_bn'), ('mobilenetv2', 'mobilenetv2'), ('densenet', 'densenet121'),
                           ('resnet', 'resnet18'), ('resnet', 'resnet50')]],
    ('huyvnphan/PyTorch_CIFAR10', 'vgg13_bn', huyvnphan('vgg', 'vgg13_bn'), 32, {}, str),
    ('huyvnphan/PyTorch_CIFAR10', 'mobilenet_v2', huyvnphan('mobilenetv2', 'mobilenet_v2'), 32, CIFAR_STRIDES, str),
    *[('huyvnphan/PyTorch_CIFAR10', name, huyvnphan(module, name), 32, {'stemPool': 'max'}, str)
      for module, name in [('densenet', 'densenet121'), ('resnet', 'resnet18')]],
]

if __name__ == '__main__':
    folder, *wanted = sys.argv[1:]
    entries = Path(folder) / 'families.json'
    written = json.loads(entries.read_text()) if entries.exists() else {}
    for source, network, build, side, choices, renamed in NETWORKS:
        title = f'{source}.{network}'.replace('/', '-').replace(', ', '-').replace(' ', '-')
        if wanted and not any(each in title for each in wanted):
            continue
        torch.manual_seed(0)
        model = randomized(build(), side)
        images = torch.randn(2, 3, side, side)
        with torch.no_grad():
            logits = model(images)
            macs = fvcore_macs(model, images[:1])
        torch.save({renamed(name): tensor for name, tensor in model.state_dict().items()}, Path(folder) / f'{title}.pth')
        np.save(Path(folder) / f'{title}.images.npy', images.numpy())
        np.save(Path(folder) / f'{title}.logits.npy', logits.numpy())
        parameters = sum(parameter.numel() for parameter in model.parameters())
        written[title] = dict(source=source, network=network, choices=choices, parameters=parameters, fvcore_macs=macs)
        entries.write_text(json.dumps(written, indent=2) + '\n')
        print(title, parameters, macs, flush=True)
