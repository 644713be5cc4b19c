//! 1Password: items as secrets.

/// 1Password as what brings the values of a secret: the fields of an item are its keys.
schema Item is SecretProvider {
  /// Where the item is: `vaults/homelab/items/database`.
  @main path: String where it.matches("^vaults/[^/]+/items/[^/]+$")
  emit item: OnePasswordItem = {
    metadata.name: secret.object
    spec.itemPath: path
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("onepassword.com/v1", "OnePasswordItem")
type OnePasswordItem = {
  spec?: {
    itemPath?: String
  }
  status?: Any
  type?: String
}
