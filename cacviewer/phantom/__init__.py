"""The digital chest: a CT of known calcium, from a seed."""

from cacviewer.phantom.digital_chest import Phantom, generate
from cacviewer.phantom.parameters import DEMO_SEED, PhantomParameters, parameters_for
from cacviewer.phantom.writing import write

__all__ = ["DEMO_SEED", "Phantom", "PhantomParameters", "generate", "parameters_for", "write"]
