"""What protects residents in a free text: nobody singled out (`screening`), no number kept (`masking`)."""
