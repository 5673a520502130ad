export function Band() { return null; }
