/** The languages that there are words in. */
export type Language = 'en' | 'ar';
