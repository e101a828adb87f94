/** Order in which a network takes the channels of a picture: red, green, blue, or the other way round, as OpenCV and Caffe have them. */
export const CHANNEL_ORDERS = ['rgb', 'bgr'] as const;

export type ChannelOrder = (typeof CHANNEL_ORDERS)[number];
