"""The worker's door: what happens in the background, job by job."""
