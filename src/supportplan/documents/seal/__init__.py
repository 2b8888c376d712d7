"""What a seal is made of and checked by: keys and certificates, sealing, signing, and the examination of a sealed file."""
