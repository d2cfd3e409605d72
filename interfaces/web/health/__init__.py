"""What a supervisor, a load balancer and an administrator ask: is it alive, can it serve, how is it doing."""
