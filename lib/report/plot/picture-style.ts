import { SUBTITLE_SIZE, TITLE_SIZE } from './front-title.js';
import { FONT_FAMILY } from './render.js';

/** Size of the labels of axes, in pixels. */
export const LABEL_SIZE = 11;

/** Looks that all pictures but the front share. */
export const PICTURE_STYLE = {
  font: FONT_FAMILY,
  title: {
    fontSize: TITLE_SIZE,
    subtitleFontSize: SUBTITLE_SIZE,
    subtitlePadding: 5,
    subtitleColor: '#444444',
  },
  view: { stroke: '#999999' },
  axis: {
    labelFontSize: LABEL_SIZE,
    titleFontSize: 12.5,
    titleFontWeight: 'normal',
    gridColor: '#e8e8e8',
    domainColor: '#999999',
    tickColor: '#999999',
  },
  legend: {
    titleFontSize: 12,
    labelFontSize: 12,
    titleFontWeight: 'normal',
    titleLimit: 400,
    labelLimit: 300,
  },
} as const;
