"""cacviewer: coronary artery calcium on CT, found, scored, reviewed and reported."""

__version__ = "0.1.0"
