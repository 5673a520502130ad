import { defineConfig } from 'vite';
import { firstPaint } from './build/first_paint';

// One page; no data: address, and no inline script or style but those of build/ (the server's content policy).
export default defineConfig({
  base: './',
  plugins: [firstPaint()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2021',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 400,
  },
});
