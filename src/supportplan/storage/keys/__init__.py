"""What opens a store: passphrase, recovery code, and the key of this device."""
