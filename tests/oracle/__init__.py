"""The reconciling rules once more, written from the design alone: slow, plain, and independent of the library."""
