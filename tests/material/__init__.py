"""What tests start from: records, folders, servers and disks, each made in one place.

Nothing here is a test. A module here imports the product and other modules of this folder, never a
test; what only one test file needs stays in that file.
"""
