"""Fits students and deep heads by variants of their recipe, in PyTorch on a GPU.

python3 fit_variants.py <folder with cifar-10-batches-bin> <resnet56-4bfd9763.th> <folder to write>

Writes variants.json and logits.npy (variants x test images x classes, half precision) for student-recipes.js. The graphs, the order of
steps and the losses are those of lib/heads/networks; random numbers are PyTorch's, so that figures agree as those of two seeds do.
"""

import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
BATCH, HELD_OUT = 256, 2000
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = True


def images_of(folder, names):
    raw = [np.fromfile(folder / name, np.uint8).reshape(-1, 3073) for name in names]
    rows = torch.tensor(np.concatenate(raw), device=DEVICE)
    return rows[:, 1:].reshape(-1, 3, 32, 32), rows[:, 0].long()


def normalized(pixels):
    mean, std = (torch.tensor(v, device=DEVICE).view(1, 3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
    return (pixels.float() / 255 - mean) / std


class Block(nn.Module):
    """A basic residual block; option A pads with zero channels, option B projects."""

    def __init__(self, inputs, outputs, stride, option="B"):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        changes = inputs != outputs or stride > 1
        self.pad = (outputs - inputs) // 2 if changes and option == "A" else None
        self.short = (
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
            if changes and option == "B"
            else None
        )

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.pad is not None:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pad, self.pad))
        elif self.short is not None:
            x = self.short(x)
        return F.relu(x + y)


class ResNet56(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        inputs = 16
        for stage, outputs in enumerate((16, 32, 64)):
            blocks = [Block(inputs, outputs, 2 if stage else 1, "A")] + [Block(outputs, outputs, 1, "A") for _ in range(8)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
            inputs = outputs
        self.linear = nn.Linear(64, 10)

    def up_to(self, x, block):
        x = F.relu(self.bn1(self.conv1(x)))
        for each in [*self.layer1, *self.layer2, *self.layer3][: block + 1]:
            x = each(x)
        return x

    def forward(self, x):
        return self.linear(self.up_to(x, 26).mean((2, 3)))


def student(width):
    return nn.Sequential(
        *(nn.Conv2d(3, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()),
        *(Block(width, width, 1), Block(width, 2 * width, 2), Block(2 * width, 4 * width, 2)),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4 * width, 10)),
    )


def deep(after):
    blocks = [Block(16, 32, 2), Block(32, 64, 2)] if after < 9 else [Block(32, 64, 2), Block(64, 64, 1)]
    return nn.Sequential(*blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def initialize(model):
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        if isinstance(layer, nn.Linear):
            nn.init.zeros_(layer.bias)


def varied(pixels, random):
    """Crops of images padded by 4, half of them flipped."""
    count = len(pixels)
    padded = F.pad(pixels, (4, 4, 4, 4))
    top, left = (torch.randint(0, 9, (count, 1), generator=random, device=DEVICE) for _ in range(2))
    is_flipped = torch.rand(count, 1, generator=random, device=DEVICE) < 0.5
    offsets = torch.arange(32, device=DEVICE)
    columns = left + torch.where(is_flipped, 31 - offsets, offsets)
    every = torch.arange(count, device=DEVICE)[:, None, None, None]
    channels = torch.arange(3, device=DEVICE)[None, :, None, None]
    return padded[every, channels, (top + offsets)[:, None, :, None], columns[:, None, None, :]]


def one_cycle(step, steps, peak):
    def half_cosine(start, end, progress):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * min(1, progress)))

    warm_up = 0.3 * steps - 1
    if step <= warm_up:
        return half_cosine(peak / 25, peak, step / warm_up)
    return half_cosine(peak, peak / 250_000, (step - warm_up) / (steps - 1 - warm_up))


class Fits:
    def __init__(self, data, weights, out):
        self.out = out
        folder = data / "cifar-10-batches-bin"
        self.images, self.labels = images_of(folder, [f"data_batch_{part}.bin" for part in range(1, 6)])
        self.test_images, self.test_labels = images_of(folder, ["test_batch.bin"])
        state = torch.load(weights, map_location="cpu", weights_only=False)["state_dict"]
        self.full = ResNet56()
        self.full.load_state_dict({name.removeprefix("module."): value for name, value in state.items()})
        self.full.to(DEVICE).eval()
        self.teacher = self.run(self.full, self.images)
        self.variants, self.logits = [], []

    @torch.no_grad()
    def run(self, model, pixels):
        return torch.cat([model(normalized(part)) for part in pixels.split(1000)])

    def fit(self, name, seed, *, width=32, trunk=None, epochs=None, optimizer="SGD", share=0.5, temperature=4.0, fresh=True, weights=None):
        epochs = epochs or (18 if trunk is None else 6)
        torch.manual_seed(seed)
        random = torch.Generator(device=DEVICE).manual_seed(seed)
        model = student(width) if trunk is None else deep(trunk)
        initialize(model)
        model.to(DEVICE).train()

        def before(x):
            return x if trunk is None else self.full.up_to(x, trunk)

        if optimizer == "SGD":
            peak, steps_by = 0.2, torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
        else:
            peak, steps_by = 4e-3, torch.optim.AdamW(model.parameters(), lr=0.1, weight_decay=0.05)
        rows = torch.randperm(len(self.images), generator=random, device=DEVICE)[HELD_OUT:]
        kept = None if fresh else varied(self.images, random)
        per_epoch = len(rows) // BATCH
        start, step = time.time(), 0
        for _ in range(epochs):
            order = rows[torch.randperm(len(rows), generator=random, device=DEVICE)]
            for first in range(0, per_epoch * BATCH, BATCH):
                batch = order[first : first + BATCH]
                pixels = varied(self.images[batch], random) if fresh else kept[batch]
                with torch.no_grad():
                    x = before(normalized(pixels))
                logits = model(x)
                loss = (1 - share) * F.cross_entropy(logits, self.labels[batch], reduction="none")
                if share > 0:
                    own, wanted = (F.log_softmax(each / temperature, 1) for each in (logits, self.teacher[batch]))
                    loss = loss + share * temperature**2 * F.kl_div(own, wanted, log_target=True, reduction="none").sum(1)
                loss = (loss if weights is None else loss * weights[batch]).mean()
                for group in steps_by.param_groups:
                    group["lr"] = one_cycle(step, per_epoch * epochs, peak)
                steps_by.zero_grad(set_to_none=True)
                loss.backward()
                steps_by.step()
                step += 1
        seconds = time.time() - start
        model.eval()
        logits = self.run(lambda x: model(before(x)), self.test_images)
        accuracy = (logits.argmax(1) == self.test_labels).float().mean().item()
        kind = {"width": width if trunk is None else None, "trunk": trunk}
        self.variants.append({"name": name, "seed": seed, **kind, "epochs": epochs, "test_accuracy": accuracy, "seconds": seconds})
        self.logits.append(logits.cpu().numpy().astype(np.float16))
        (self.out / "variants.json").write_text(json.dumps(self.variants))
        np.save(self.out / "logits.npy", np.stack(self.logits))
        print(self.variants[-1], flush=True)
        return model


def main(data, weights, out):
    fits = Fits(Path(data), weights, Path(out))
    for seed in range(2):
        base = fits.fit("base", seed)
        fits.fit("no distillation", seed, share=0.0)
        fits.fit("distillation 0.9", seed, share=0.9)
        fits.fit("9 epochs", seed, epochs=9)
        fits.fit("36 epochs", seed, epochs=36)
        fits.fit("fixed crops", seed, fresh=False)
        fits.fit("AdamW", seed, optimizer="AdamW")
        fits.fit("deep after 10", seed, trunk=10)
        # Images of which the student is sure leave, and weigh a tenth (after CalexNet, arXiv 2509.08318).
        sure = torch.cat([F.softmax(fits.run(base, part), 1).amax(1) for part in fits.images.split(1000)])
        weight = torch.where(sure < 0.99, 1.0, 0.1)
        fits.fit("deep after 10, survivors", seed, trunk=10, weights=weight / weight.mean())
        fits.fit("deep after 10, 18 epochs", seed, trunk=10, epochs=18)
        fits.fit("deep after 1", seed, trunk=1)
        fits.fit("deep after 1, 18 epochs", seed, trunk=1, epochs=18)
        fits.fit("deep after 10, AdamW", seed, trunk=10, optimizer="AdamW")
        for width in (24, 48, 64):
            fits.fit(f"{width} channels", seed, width=width)
        fits.fit("temperature 2", seed, temperature=2.0)


if __name__ == "__main__":
    main(*sys.argv[1:4])
