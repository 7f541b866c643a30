// Fills mails in with pongo2, Django's templates for Go, of which Brevo's template language is a likeness: its help
// pages show `{{ contact.FIRSTNAME | default : 'there' }}`, which pongo2 reads and Django does not. A stand-in: Brevo says
// nowhere which engine it runs.
package main

import "github.com/flosch/pongo2"

type reader = pongo2.Context

func fill(j job) (string, error) {
	// Subjects and plain text are not HTML, so nothing is escaped in them.
	pongo2.SetAutoescape(j.Part == "html")
	template, err := pongo2.FromString(j.Source)
	if err != nil {
		return "", err
	}
	return template.Execute(j.Reader)
}
