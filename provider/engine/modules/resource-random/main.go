// The Pulumi provider plugin "random": HashiCorp's provider with Pulumi's Terraform bridge.
package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	bridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-providers/terraform-provider-random/internal/provider"
)

const version = "4.21.2"

func token(module string, typeName tokens.TypeName) tokens.Type {
	return tokens.Type("random:index/" + module + ":" + string(typeName))
}

// random_bytes has no id, so its base64 is the id. The value is secret, but an id cannot be: unwrap it, like the
// official plugin.
func bytesID(_ context.Context, state resource.PropertyMap) (resource.ID, error) {
	value := state["base64"]
	if value.IsSecret() {
		value = value.SecretValue().Element
	}
	if !value.IsString() {
		return "", errors.New("random_bytes has no base64 value, which is used as its id")
	}
	return resource.ID(value.StringValue()), nil
}

func main() {
	schema, err := json.Marshal(map[string]any{"name": "random", "version": version})
	if err != nil {
		panic(err)
	}
	info := bridge.ProviderInfo{
		P:            tfbridge.ShimProvider(provider.New()),
		Name:         "random",
		Version:      version,
		MetadataInfo: bridge.NewProviderMetadata([]byte("{}")),
		Resources: map[string]*bridge.ResourceInfo{
			"random_bytes": {
				Tok:       token("randomBytes", "RandomBytes"),
				ComputeID: bytesID,
			},
			"random_id":       {Tok: token("randomId", "RandomId")},
			"random_integer":  {Tok: token("randomInteger", "RandomInteger")},
			"random_password": {Tok: token("randomPassword", "RandomPassword")},
			"random_pet":      {Tok: token("randomPet", "RandomPet")},
			"random_shuffle":  {Tok: token("randomShuffle", "RandomShuffle")},
			"random_string":   {Tok: token("randomString", "RandomString")},
			"random_uuid":     {Tok: token("randomUuid", "RandomUuid")},
			"random_uuid4":    {Tok: token("randomUuid4", "RandomUuid4")},
			"random_uuid7":    {Tok: token("randomUuid7", "RandomUuid7")},
		},
	}
	tfbridge.Main(context.Background(), "random", info, tfbridge.ProviderMetadata{PackageSchema: schema})
}
