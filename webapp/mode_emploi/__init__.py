"""The living documentation: from the features to what people read. Knows neither Flask nor the database."""
