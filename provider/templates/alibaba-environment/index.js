module.exports = require("pulumi-machine-images/program");
