;;; run.el --- Whose files are, and how they are indented and coloured  -*- lexical-binding: t; -*-

;; emacs -Q --batch -l test/run.el, with REPOSITORY this repository, and GRAMMAR the folder of a compiled grammar.

(add-to-list 'load-path (expand-file-name "lsp/editors/emacs" (getenv "REPOSITORY")))
(require 'platc-mode)
(require 'ert)
(add-to-list 'treesit-extra-load-path (getenv "GRAMMAR"))

(defun platc-test--mode (name text &optional marker)
  "The mode of a file NAME that holds TEXT, in a folder with MARKER."
  (let* ((folder (make-temp-file "platc" t))
         (path (expand-file-name name folder)))
    (make-directory (file-name-directory path) t)
    (with-temp-file path (insert text))
    (when marker (with-temp-file (expand-file-name marker folder)))
    (unwind-protect
        (with-current-buffer (find-file-noselect path)
          (prog1 major-mode (kill-buffer)))
      (delete-directory folder t))))

(ert-deftest platc-whose-file-it-is ()
  (should (eq (platc-test--mode "a.pl" "#!/usr/bin/perl\n") 'perl-mode))
  (should (eq (platc-test--mode "a.pl" "# platc\n") 'perl-mode))
  (should (eq (platc-test--mode "a.pl" "// platcform\n") 'perl-mode))
  (should (eq (platc-test--mode "a.pl" "//! A platform.\n") 'platc-ts-mode))
  (should (eq (platc-test--mode "a.pl" "// platc\n") 'platc-ts-mode))
  (should (eq (platc-test--mode "apps/a.pl" "a: 1\n" "platc.toml") 'platc-ts-mode))
  (should (eq (platc-test--mode "apps/a.pl" "a: 1\n" "platc.lock") 'platc-ts-mode)))

(ert-deftest platc-indentation ()
  "What the formatter of platc wrote stays as it is."
  (dolist (mode '(platc-mode platc-ts-mode))
    (dolist (path (file-expand-wildcards (expand-file-name "examples/*/*.pl" (getenv "REPOSITORY"))))
      (with-temp-buffer
        (insert-file-contents path)
        (let ((before (buffer-string))
              (inhibit-message t))
          (funcall mode)
          (indent-region (point-min) (point-max))
          (should (equal (list path mode before) (list path mode (buffer-substring-no-properties (point-min) (point-max))))))))))

(ert-deftest platc-colours ()
  (dolist (mode '(platc-mode platc-ts-mode))
    (with-temp-buffer
      (insert "schema Web { port: Int = 80 } // why\nlet a = \"\\(b(\"c\"))\"\nif: null\n")
      (funcall mode)
      (font-lock-ensure)
      (pcase-dolist (`(,text . ,face) '(("schema" . font-lock-keyword-face) ("Web" . font-lock-type-face)
                                        ("port" . font-lock-property-name-face) ("Int" . font-lock-builtin-face)
                                        ("why" . font-lock-comment-face) ("let" . font-lock-keyword-face)
                                        ("if" . font-lock-property-name-face) ("null" . font-lock-constant-face)))
        (goto-char (point-min))
        (search-forward text)
        (should (equal (list mode text face)
                       (list mode text (let ((found (get-text-property (match-beginning 0) 'face)))
                                         (if (consp found) (car found) found)))))))))

(ert-run-tests-batch-and-exit)

;;; run.el ends here
