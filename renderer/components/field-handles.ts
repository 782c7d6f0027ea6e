/** What the login form does with a field from outside. */
export interface FieldHandle {
  readonly focus: () => void;
}

/** The password stays in its field: it is read from there, once for each sign-in. */
export interface PasswordHandle extends FieldHandle {
  readonly text: () => string;
  /** Shows dots again. */
  readonly cover: () => void;
  readonly clear: () => void;
}
