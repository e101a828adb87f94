"""Runs a cascade exported with `cascade export --format onnx`: python run_exported.py FOLDER images.npy [labels.npy]"""
import json
import sys

import numpy as np
import onnxruntime as ort

if len(sys.argv) < 3:
    sys.exit(__doc__)
folder, images = sys.argv[1], np.load(sys.argv[2])  # uint8, images × channels × height × width
description = json.load(open(f"{folder}/export.json"))
segments = description["segments"]
sessions = [ort.InferenceSession(f"{folder}/{segment['file']}") for segment in segments]


def log_softmax(scores):
    distances = scores - scores.max()
    return distances - np.log(np.exp(distances).sum())


def classify(image):
    """The class of one image, and the segment at whose end it left: what lies behind is not run."""
    value, before = image[None], 0.0
    for position, (segment, session) in enumerate(zip(segments, sessions)):
        wanted = [name for name in (segment["logits"], segment["features"]) if name is not None]
        logits, *features = session.run(wanted, {segment["input"]: value})
        scores = logits[0].astype(np.float64)
        if segment["threshold"] is None:
            if position > 0 and description.get("last_averaging"):
                scores = log_softmax(scores) + description["last_averaging"] * before
            break
        scores /= segment["temperature"]
        if description["averaging"] or description.get("last_averaging"):
            before = scores = log_softmax(scores) + description["averaging"] * before
        if np.exp(log_softmax(scores).max()) >= segment["threshold"]:
            break
        # Where there are none, the next network of a chain begins with the image.
        value = features[0] if features else image[None]
    return int(scores.argmax()), position


if description["criterion"] not in ("softmax", "temperature"):
    sys.exit(f"this example knows the softmax maximum only, not {description['criterion']}")
labels, left = np.array([classify(image) for image in images]).T
for position, segment in enumerate(segments):
    print(f"{(left == position).sum():6} images left at {segment['left_at']}")
if len(sys.argv) > 3:
    print(f"accuracy {100 * (labels == np.load(sys.argv[3])).mean():.2f} %")

# The same in one file, for any number of images at once; it skips what no image needs.
whole = ort.InferenceSession(f"{folder}/{description['batch_file']}")
prediction, segment = whole.run(["prediction", "segment"], {segments[0]["input"]: images})
print(f"{(prediction != labels).sum() + (segment != left).sum()} answers of the single file differ")
