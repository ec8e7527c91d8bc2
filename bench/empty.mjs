// The empty Node program that others are measured against.
