package usecase

// DigestDue is what the table of digests is about.
var DigestDue = digestDue
