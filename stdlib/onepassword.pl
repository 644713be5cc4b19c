//! 1Password: items as secrets.

@kubernetes("onepassword.com/v1", "OnePasswordItem")
type OnePasswordItem = {
  spec?: {
    itemPath?: String
  }
  status?: Any
  type?: String
}
