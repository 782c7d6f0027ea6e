import { createApp } from 'vue';
import App from './App.vue';
import { createTranslation } from './composables/words.ts';
import './style.css';

createApp(App).use(createTranslation()).mount('#app');
