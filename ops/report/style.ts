/** The page's style: light and dark by the reader's own setting; fits a printed page. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #17202a; --soft: #5c6773; --rule: #d8dde3; --box: #f3f5f8; --wire: #9aa5b1;
  --provisioning: #a06a12; --management: #2f63c0; --data: #1f8a57; --storage: #8b3fb0; --bridge: #0f7f93;
  --good: #1f8a57; --wait: #a06a12; --bad: #c0342c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151a; --card: #1a2027; --ink: #e8edf2; --soft: #9ba7b3; --rule: #333d47; --box: #232b34; --wire: #667380;
    --provisioning: #e0a94c; --management: #7aa7f5; --data: #57c48c; --storage: #c78be6; --bridge: #56c3d6;
    --good: #57c48c; --wait: #e0a94c; --bad: #f0796f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1500px; margin: 0 auto; padding: 28px 24px 60px; }
h1 { margin: 0; font-size: 26px; }
h2 { margin: 34px 0 12px; font-size: 18px; }
p { margin: 4px 0; }
.soft { color: var(--soft); }
.figures { display: flex; flex-wrap: wrap; gap: 10px; margin: 18px 0 0; }
.figure { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 8px 16px; }
.figure b { display: block; font-size: 22px; }
.figure.wait b { color: var(--wait); }
.figure.bad b { color: var(--bad); }
.over { overflow-x: auto; }
table { border-collapse: collapse; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
th, td { text-align: left; padding: 7px 14px; border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 600; }
tr:last-child td { border-bottom: 0; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 8px; vertical-align: -1px; }
.vlans td { vertical-align: top; font-size: 13px; }
.vlans b.good { color: var(--good); } .vlans b.bad { color: var(--bad); }
.map td { vertical-align: top; }
.map a { display: inline-block; margin: 2px; padding: 3px 8px; border-radius: 5px; border: 1px solid var(--rule); border-left: 4px solid var(--good);
  background: var(--box); color: var(--ink); text-decoration: none; font-size: 13px; }
.map a:hover, .map a:focus { outline: 2px solid var(--management); }
.map a.wait { border-left-color: var(--wait); }
.map a.bad { border-left-color: var(--bad); }
.map a.none { border-left-color: var(--wire); }
.hosts { display: flex; flex-wrap: wrap; gap: 16px; }
.host { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; max-width: 100%; }
.host:target { outline: 3px solid var(--management); }
.host header { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; margin-bottom: 10px; }
.host h3 { margin: 0; font-size: 16px; }
.badge { font-size: 12px; border-radius: 10px; padding: 1px 9px; border: 1px solid currentColor; }
.badge.good { color: var(--good); } .badge.wait { color: var(--wait); } .badge.bad { color: var(--bad); } .badge.none { color: var(--soft); }
.host ul { margin: 10px 0 0; padding-left: 18px; font-size: 13px; max-width: 560px; }
.host svg { max-width: 100%; height: auto; display: block; }
.wire { stroke: var(--wire); stroke-width: 1.6; fill: none; }
.nic-box { fill: var(--box); stroke: var(--wire); stroke-width: 1.4; }
.nic-box.bond { stroke-width: 2.2; }
.nic-box.bridge { stroke: var(--bridge); }
.nic-box.provisioning { stroke: var(--provisioning); } .nic-box.management { stroke: var(--management); }
.nic-box.data { stroke: var(--data); } .nic-box.storage { stroke: var(--storage); }
.nic-box.dead { stroke: var(--bad); stroke-dasharray: 5 3; }
svg text { fill: var(--ink); }
svg .name { font-size: 13px; font-weight: 600; }
svg .detail { font-size: 11px; fill: var(--soft); }
@media print { body { background: #fff; } .host { break-inside: avoid; } }
`;
