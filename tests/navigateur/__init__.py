"""La page pour qui n'installe rien, dans de vrais navigateurs."""
