"""`kpi lsp`: the editor's side of the tool; alone knows pygls. One module per feature.

The features are functions of what was last seen of the workspace (`seen.Seen`), a file's bytes
and a place in it; `convert` makes messages of what they return, `server` speaks the protocol.
"""
