// Choices open as soon as they have the focus; within a dialog they are part of it for screen readers.
export const inPlace = { withinPortal: false };
