// The theme puts the button that copies code into a landmark without a name, one a fence: a group is what it is.
const group = () => document.querySelectorAll("nav.md-code__nav:not([role])").forEach((each) => {
  each.setAttribute("role", "group");
  each.setAttribute("aria-label", "Code");
});
new MutationObserver(group).observe(document.documentElement, { childList: true, subtree: true });
