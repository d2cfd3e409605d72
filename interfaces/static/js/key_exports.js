// The Shamir library comes as CommonJS files: they find the two names they expect, and key_shares.js takes them away.
window.exports = {};
window.require = () => window.exports;
