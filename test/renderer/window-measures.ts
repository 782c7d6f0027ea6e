import type { Page } from 'playwright';

/** What stands out of the window, or out of a box that cuts it off, or is cut short, one line each. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(
        (element) =>
          element.checkVisibility() && !element.closest('.visually-hidden, svg, meter, progress, option'),
      )
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const wide = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
        const high = style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
        const cut = element.tagName !== 'INPUT' && element.tagName !== 'SELECT' && (wide || high);
        return left < -0.5 || right > width + 0.5 || cut;
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.innerText.slice(0, 40)}`);
  });
}

/** Controls that are smaller than 24 px either way, unless they stand in a line of text (WCAG 2.2, 2.5.8). */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, input, select, summary, a[href], [role="switch"]',
    );
    return [...controls]
      .filter((control) => control.checkVisibility() && getComputedStyle(control).display !== 'inline')
      .filter((control) => {
        // A label that the control stands in can be pressed as well as it.
        const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((control) => `${control.tagName}.${control.className}: ${control.innerText.slice(0, 40)}`);
  });
}

/**
 * Controls whose edge is less than 3:1 against what is around them (WCAG 2.2, 1.4.11): the border where there is one,
 * else the control's own ground; a control that is its text alone has no edge to see.
 */
export function faintEdges(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('This browser paints nothing.');
    type Colour = readonly [number, number, number];
    const painted = (colours: readonly string[]): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue];
    };
    const luminance = (colour: Colour): number => {
      const [red = 0, green = 0, blue = 0] = colour.map((part) =>
        part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: Colour, other: Colour): number => {
      const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const groundsBehind = (element: Element): string[] => {
      const grounds: string[] = [];
      for (let behind = element.parentElement; behind; behind = behind.parentElement) {
        grounds.unshift(getComputedStyle(behind).backgroundColor);
      }
      return grounds;
    };
    return [...document.querySelectorAll<HTMLElement>('.button, .box, input[role="switch"]')]
      .filter((control) => control.checkVisibility())
      .filter((control) => {
        const style = getComputedStyle(control);
        const behind = groundsBehind(control);
        const edge = painted([...behind, style.backgroundColor, style.borderTopColor]);
        const ground = painted([...behind, style.backgroundColor]);
        return Math.max(contrast(edge, painted(behind)), contrast(ground, painted(behind))) < 3;
      })
      .map((control) => `${control.tagName}.${control.className}: ${control.innerText.slice(0, 40)}`);
  });
}
