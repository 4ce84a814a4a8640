// Loaded with --require into every Node process of a test with a moved clock: its date is this many milliseconds later.
delete require.cache[__filename]; // So that the program under test does not see this file among its loaded modules.
const shift = Number(process.env.MACHINE_IMAGES_TEST_CLOCK_SHIFT ?? 0);
if (shift !== 0) {
    const RealDate = Date;
    const now = () => RealDate.now() + shift;
    const MovedDate = new Proxy(RealDate, {
        get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
        apply: () => new RealDate(now()).toString(),
        construct: (date, given, target) => Reflect.construct(date, given.length > 0 ? given : [now()], target),
    });
    globalThis.Date = MovedDate;

    // Node's servers take the `Date` of their answers from another clock.
    const { ServerResponse } = require("node:http");
    const { writeHead } = ServerResponse.prototype;
    ServerResponse.prototype.writeHead = function (...head) {
        if (this.sendDate && !this.hasHeader("Date")) {
            this.setHeader("Date", new MovedDate().toUTCString());
        }
        return writeHead.apply(this, head);
    };
}
