"""What the tests of every room may import: this folder's modules, and the small scenarios of `analysis`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [path for path in (str(HERE), str(HERE / "analysis")) if path not in sys.path]
