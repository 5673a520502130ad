// What index.html needs for its first paint stands in index.html: the common looks, one small script, and the page as it
// waits (header, lights, words) in every language, drawn by the very components that draw it later. One answer of the
// server is then enough. The content policy names style and script by their hash (cmake/build_page.mjs).
import { build, transform } from 'esbuild';
import type { Plugin } from 'vite';

async function script(root: string): Promise<string> {
  const made = await build({ entryPoints: [`${root}/build/first.js`], write: false, minify: true, target: 'es2018' });
  return made.outputFiles[0]!.text.trim();
}

async function shell(root: string): Promise<string> {
  const made = await build({
    entryPoints: [`${root}/build/shell.tsx`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'empty' },
  });
  const { shell: draw } = new Function(`${made.outputFiles[0]!.text}; return made;`)() as { shell: () => string };
  return draw();
}

export function firstPaint(): Plugin {
  let root = '';
  return {
    name: 'first-paint',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: 'pre',
      async handler(html, context) {
        if (context.server) return html; // while it is worked on, Vite serves the files as they are
        const [first, waiting] = await Promise.all([script(root), shell(root)]);
        return html.replace('<!-- first -->', () => `<script>${first}</script>`).replace('<!-- shell -->', () => waiting);
      },
    },
    async generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('no index.html');
      let html = String(page.source);
      // The looks, out of their file.
      const link = /\s*<link rel="stylesheet"[^>]*href="\.\/(assets\/index-[\w-]+\.css)">/.exec(html);
      const looks = link && bundle[link[1]!];
      if (!link || looks?.type !== 'asset') throw new Error('index.html has no looks of its own');
      const css = await transform(String(looks.source), { loader: 'css', minify: true });
      html = html.replace(link[0], () => `\n    <style>${css.code.trim()}</style>`);
      delete bundle[link[1]!];
      for (const language of ['de', 'ru']) {
        const chunk = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === language);
        if (!chunk) throw new Error(`no file of words: ${language}`);
        html = html.replace(`FILE_OF_${language}`, `./${chunk.fileName}`);
      }
      page.source = html;
    },
  };
}
