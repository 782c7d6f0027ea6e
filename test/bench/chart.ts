/** What every way of having a token costs, for one pattern of use. */
export interface PatternCounts {
  readonly pattern: string;
  readonly bars: readonly { readonly name: string; readonly count: number; readonly ours: boolean }[];
}

const width = 760;
const margin = 24;
const barsFrom = 275;
const barsTo = width - 90;
const barHeight = 14;
const barStep = 19;
const titleHeight = 64;
const patternHeight = 28;
const patternGap = 12;
const axisHeight = 34;

const powers = [1, 10, 100, 1_000, 10_000, 100_000];

/** Both looks stand in the file; it brings its own background, so that it can be read on any page. */
const style = `
  svg { color-scheme: light dark; }
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .page { fill: #ffffff; } .title { font-size: 16px; font-weight: 600; } .pattern { font-weight: 600; }
  .quiet { fill: #57606a; font-size: 12px; } .grid { stroke: #d0d7de; } .bar { fill: #8c959f; } .ours { fill: #0969da; }
  text.ours { fill: #0969da; font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .page { fill: #0d1117; } .quiet { fill: #9198a1; } .grid { stroke: #30363d; } .bar { fill: #6e7681; }
    .ours, text.ours { fill: #58a6ff; }
  }
`;

/** A bar chart as SVG, with a logarithmic scale: the counts lie between 14 and 86,400. */
export function chart(patterns: readonly PatternCounts[]): string {
  const parts: string[] = [];
  let top = titleHeight;
  for (const { pattern, bars } of patterns) {
    parts.push(text(margin, top + 18, pattern, 'pattern'));
    top += patternHeight;
    for (const { name, count, ours } of bars) {
      const kind = ours ? 'ours' : '';
      const baseline = top + barHeight - 3;
      parts.push(
        `<text x="${barsFrom - 8}" y="${baseline}" text-anchor="end" class="${kind}">${name}</text>`,
        `<rect x="${barsFrom}" y="${top}" width="${at(count) - barsFrom}" height="${barHeight}" class="bar ${kind}"/>`,
        text(at(count) + 6, baseline, count.toLocaleString('en-GB'), kind),
      );
      top += barStep;
    }
    top += patternGap;
  }
  const height = top + axisHeight;
  const grid = powers.flatMap((power) => [
    `<line x1="${at(power)}" y1="${titleHeight}" x2="${at(power)}" y2="${top}" class="grid"/>`,
    `<text x="${at(power)}" y="${top + 18}" text-anchor="middle" class="quiet">${power.toLocaleString('en-GB')}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>New tokens in a simulated day, by what scripts do today and by Token Tray</title>',
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="8"/>`,
    text(margin, 30, 'New tokens in a day', 'title'),
    text(
      margin,
      50,
      'A simulated working day; tokens live 45 minutes; logarithmic scale. Drawn by npm run bench.',
      'quiet',
    ),
    ...grid,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** Where a count stands, in the chart's own units. */
function at(count: number): number {
  const share = Math.log10(Math.max(count, 1)) / Math.log10(powers.at(-1) ?? 10);
  return Math.round(barsFrom + share * (barsTo - barsFrom));
}

function text(x: number, y: number, words: string, kind: string): string {
  return `<text x="${x}" y="${y}" class="${kind}">${words}</text>`;
}
