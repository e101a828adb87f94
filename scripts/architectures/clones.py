"""Networks of cloned repositories, found in the folder that the variable CLONES names, each clone under its own name."""
import importlib
import os
import sys
from pathlib import Path


def cloned(folder, module):
    """A module of a clone. Other clones have packages of the same names: theirs are forgotten."""
    root = module.split('.')[0]
    for name in [name for name in sys.modules if name.split('.')[0] == root]:
        del sys.modules[name]
    sys.path.insert(0, str(Path(os.environ['CLONES']) / folder))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.pop(0)
