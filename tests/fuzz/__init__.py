"""Des classeurs étrangers et des paquets abîmés : rien ne doit faire tomber la lecture."""
