namespace TransferLearning.Cli.Tests.Browser;

/// <summary>JavaScript expressions that examine a page.</summary>
internal static class ReportScripts
{
    /// <summary>The elements that extend beyond the right edge, except those that scroll within their own box.</summary>
    public const string WiderThanThePage =
        """
        [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 0.5)
          .map(e => e.tagName + '.' + e.className).join(', ')
        """;

    public const string ImagesNotShown =
        "[...document.images].filter(i => !i.complete || i.naturalWidth === 0 || !i.alt).map(i => i.alt || 'no alt').join(', ')";

    public const string ChartsWithoutDescription =
        "[...document.querySelectorAll('svg')].filter(s => !s.getAttribute('aria-label')).length";

    public const string TablesWithoutCaption =
        "[...document.querySelectorAll('table')].filter(t => !t.caption?.textContent).length";

    /// <summary>The smallest text that is shown, in pixels of the screen, and that text. What is drawn in charts has the charts' scale.
    /// </summary>
    public const string SmallestText =
        """
        (() => {
          let smallest = [99, ''];
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
            const matrix = e.ownerSVGElement ? e.getScreenCTM() : null;
            const size = parseFloat(getComputedStyle(e).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
            if (size < smallest[0]) smallest = [size, e.textContent];
          }
          return smallest.join('|');
        })()
        """;

    /// <summary>The sections over the whole width whose tables, figures and charts leave the right third of the page empty.</summary>
    public const string LeavingTheRightThirdEmpty =
        """
        [...document.querySelectorAll('main > section.wide')]
          .filter(s => s.querySelector('table, .figures, .charts, .verdict'))
          .filter(s => Math.max(...[...s.querySelectorAll('table, .figures > div:last-child, .charts svg, .next, figure')]
            .map(e => e.getBoundingClientRect().right)) < innerWidth * 2 / 3)
          .map(s => s.querySelector('h2').textContent).join(', ')
        """;

    /// <summary>The tables that are wider than their place and cannot be scrolled there.</summary>
    public const string TablesCutOff =
        """
        [...document.querySelectorAll('table')]
          .filter(t => t.getBoundingClientRect().width > t.parentElement.clientWidth + 0.5)
          .filter(t => getComputedStyle(t.parentElement).overflowX !== 'auto')
          .map(t => t.caption.textContent).join(', ')
        """;

    /// <summary>The lowest contrast between a text and its background (WCAG 2.2, 1.4.3), and that text.</summary>
    public const string LowestContrast =
        """
        (() => {
          const numbers = c => c.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = numbers(getComputedStyle(e).backgroundColor);
              if (c.length < 4 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          let lowest = [99, ''];
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
            const style = getComputedStyle(e);
            const [a, b] = [light(numbers(e.closest('svg') ? style.fill : style.color)), light(ground(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < lowest[0]) lowest = [ratio, e.innerText || e.textContent];
          }
          return lowest.join('|');
        })()
        """;
}
