using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Invoicing;

/// <summary>
/// How every service's OpenApi documents name and describe types: an endpoint's nested <c>Response</c> is named after its endpoint, and what
/// may be null says so, also where it is described elsewhere.
/// </summary>
public static class Documents
{
    private const string ComponentName = "x-schema-id";

    public static IServiceCollection DescribeTypesAlike(this IServiceCollection services) => services.ConfigureAll<OpenApiOptions>(options =>
    {
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name && type.Type.DeclaringType is { } endpoint ? endpoint.Name + name : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            foreach (var property in context.JsonTypeInfo.Properties)
            {
                if (property.AttributeProvider is PropertyInfo info && schema.Properties?.TryGetValue(property.Name, out var described) == true)
                {
                    schema.Properties[property.Name] = Described(described, IsNullable(info));
                }
            }

            return Task.CompletedTask;
        });
    });

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static IOpenApiSchema Described(IOpenApiSchema schema, bool nullable)
    {
        var elsewhere = schema is OpenApiSchemaReference || (schema as OpenApiSchema)?.Metadata?.ContainsKey(ComponentName) == true;
        if (elsewhere)
        {
            return nullable ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, schema] } : schema;
        }

        if (schema is OpenApiSchema { Type: { } type } inline)
        {
            inline.Type = nullable ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
        }

        return schema;
    }
}
