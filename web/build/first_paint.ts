// What index.html needs for its first paint stands in index.html: the common looks, and the page as it waits (header,
// lights, words), drawn by the very components that draw it later. One answer of the server is then enough, and nothing of
// it waits for a script. There is one such file for each language and theme of the settings (index.de.dark.html); the
// server knows which is wanted. The content policy names style and script by their hash (cmake/build_page.mjs).
import { build, transform } from 'esbuild';
import type { Plugin } from 'vite';

const LANGUAGES = ['en', 'de', 'ru'];
const THEMES = ['', 'light', 'dark']; // '': as the system has it

async function script(root: string): Promise<string> {
  const made = await build({ entryPoints: [`${root}/build/first.js`], write: false, minify: true, target: 'es2018' });
  return made.outputFiles[0]!.text.trim();
}

async function shells(root: string): Promise<string[]> {
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
  const { shell } = new Function(`${made.outputFiles[0]!.text}; return made;`)() as { shell: (language: string) => string };
  return LANGUAGES.map(shell);
}

export function firstPaint(): Plugin {
  let root = '';
  return {
    name: 'first-paint',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('no index.html');
      let html = String(page.source);
      const take = (pattern: RegExp): [string, string] => {
        const found = pattern.exec(html);
        if (!found) throw new Error(`index.html has no ${pattern}`);
        html = html.replace(found[0], '');
        return [found[0].trim(), found[1] ?? ''];
      };
      // The looks, out of their file.
      const [, file] = take(/\s*<link rel="stylesheet"[^>]*href="\.\/(assets\/index-[\w-]+\.css)">/);
      const looks = bundle[file];
      if (looks?.type !== 'asset') throw new Error('index.html has no looks of its own');
      const css = await transform(String(looks.source), { loader: 'css', minify: true });
      delete bundle[file];
      // The program is asked for behind what is painted first.
      const [program] = take(/\s*<script type="module"[^>]*><\/script>/);
      const words = (language: string): string => {
        if (language === 'en') return ''; // within the program
        const chunk = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === language);
        if (!chunk) throw new Error(`no file of words: ${language}`);
        return `<link rel="modulepreload" crossorigin href="./${chunk.fileName}">`;
      };
      const [first, waiting] = await Promise.all([script(root), shells(root)]);
      LANGUAGES.forEach((language, n) =>
        THEMES.forEach((theme) => {
          const source = html
            .replace('<html lang="en">', `<html lang="${language}"${theme ? ` data-theme="${theme}"` : ''}>`)
            .replace('</head>', () => `<style>${css.code.trim()}</style></head>`)
            .replace('<!-- shell -->', () => `<div class="shell">${waiting[n]!}</div>`)
            .replace('<!-- first -->', () => `<script>${first}</script>${program}${words(language)}`);
          if (language === 'en' && !theme) page.source = source;
          else this.emitFile({ type: 'asset', fileName: `index.${language}${theme ? `.${theme}` : ''}.html`, source });
        }),
      );
    },
  };
}
