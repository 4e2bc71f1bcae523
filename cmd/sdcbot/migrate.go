package main

import "context"

type migrateCommand struct {
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// Run brings the database up to this program. serve does the same at its start; this is for who wants to do it beforehand.
func (k migrateCommand) Run(c console) error {
	ctx := context.Background()
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	opened, err := openStore(ctx, loaded)
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	before, _, err := opened.Version(ctx)
	if err != nil {
		return storeFailure(err)
	}
	if err := opened.Migrate(ctx); err != nil {
		return storeFailure(err)
	}
	after, _, err := opened.Version(ctx)
	switch {
	case err != nil:
		return storeFailure(err)
	case before == after:
		c.say("operator.migrated-already", "version", int(after))
	default:
		c.say("operator.migrated", "before", int(before), "version", int(after))
	}
	return nil
}
