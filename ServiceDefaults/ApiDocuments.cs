using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Invoicing;

/// <summary>What the OpenAPI documents <c>v1</c> and <c>v2</c> of a service hold, told by path; the gateway merges them. Each service adds them itself: only there are its docstrings seen.</summary>
public static class ApiDocuments
{
    public static void V1(OpenApiOptions options) => Describe(options, v2: false);

    public static void V2(OpenApiOptions options) => Describe(options, v2: true);

    private static void Describe(OpenApiOptions options, bool v2)
    {
        options.ShouldInclude = api => v2 == (api.RelativePath?.TrimStart('/').StartsWith("invoicing/v2/", StringComparison.Ordinal) == true);
        // Times have a converter of their own, which hides from the framework that they are strings.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
            {
                schema.Type = Nullable.GetUnderlyingType(type) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            }

            return Task.CompletedTask;
        });
    }
}
