"""The commands of `khamtob`, a module for those that belong together."""
