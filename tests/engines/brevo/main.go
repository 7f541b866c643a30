// Fills mails in with pongo2, Django's templates for Go, of which Brevo's template language is a likeness: its help
// pages show `{{ contact.FIRSTNAME | default : 'there' }}`, which pongo2 reads and Django does not. A stand-in: Brevo says
// nowhere which engine it runs. In: a list of {part, source, reader}; out: a list of {text} or {error}.
package main

import (
	"encoding/json"
	"os"

	"github.com/flosch/pongo2"
)

type filled struct {
	Text  string `json:"text"`
	Error string `json:"error,omitempty"`
}

func main() {
	var jobs []struct {
		Part, Source string
		Reader       pongo2.Context
	}
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		panic(err)
	}
	done := []filled{}
	for _, job := range jobs {
		// Subjects and plain text are not HTML, so nothing is escaped in them.
		pongo2.SetAutoescape(job.Part == "html")
		template, err := pongo2.FromString(job.Source)
		text := ""
		if err == nil {
			text, err = template.Execute(job.Reader)
		}
		if err != nil {
			done = append(done, filled{Error: err.Error()})
		} else {
			done = append(done, filled{Text: text})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(done); err != nil {
		panic(err)
	}
}
