"""What of the contracts would break somebody who was built against an earlier state of them."""
