"""The parts of bench/run, each one idea. Python 3.9 and later, nothing but its own library; Linux."""
