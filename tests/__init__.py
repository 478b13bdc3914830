"""The tests are sentences about the world, and mirror the package."""
